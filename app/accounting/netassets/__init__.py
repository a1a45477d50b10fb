"""Net assets: decisions that change what money is for, or put it to work, each within its legal gate."""
