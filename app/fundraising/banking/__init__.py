"""Banking: money in an organization's own accounts and boxes, as the gifts that it turns out to be."""
