"""Legal objects: what binds us to partners, donors, trustees and communities besides a gift."""
