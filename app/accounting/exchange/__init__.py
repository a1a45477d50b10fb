"""Exchange: vouchers to and from other bookkeeping programs, as spreadsheets in their layouts."""
