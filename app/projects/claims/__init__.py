"""Claims: disbursements that pay a decided aid case, or a village's approved request."""
