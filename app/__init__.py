"""Zhengxinlu: the account book of a federated charity, open to everyone who gave."""
