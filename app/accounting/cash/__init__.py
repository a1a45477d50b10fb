"""Cash: a clerk's day at the counter, donation boxes opened by two people, and deposits."""
