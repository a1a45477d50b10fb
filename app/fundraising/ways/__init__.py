"""Ways of giving: orders to pay, monthly giving, matching, pledges, and who asked for a gift."""
