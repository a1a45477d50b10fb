"""Happy Home villages: 慈善幸福家园, the five items, the village fund's public book, and the county's eye."""
