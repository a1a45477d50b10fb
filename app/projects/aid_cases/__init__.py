"""Aid cases: 大病救助, an application, two verifications, a decision, its notice, the payment."""
