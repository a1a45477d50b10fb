"""The doors of fundraising."""
