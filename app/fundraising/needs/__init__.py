"""Needs: what places lack, what others offer, and how the two are brought together (扶贫网, 供需对接)."""
