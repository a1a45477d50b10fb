"""Honours: what organizations hold, who speaks for them, and whom they commend."""
