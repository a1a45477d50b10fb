"""Fundraising: campaigns, donors and the gifts they bring."""
