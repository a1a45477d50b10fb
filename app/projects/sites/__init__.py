"""Sites: like-for-like assets by the hundred, from survey to upkeep, each with its place and cost."""
