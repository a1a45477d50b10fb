"""Disbursements: money paid to somebody outside the federation, from the request to what shows it arrived."""
