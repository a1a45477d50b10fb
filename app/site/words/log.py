"""Log: what the page of the public log says."""

WORDS: dict[str, tuple[str, str]] = {
    "nav_log": ("公开日志", "Public log"),
    "log_title": ("公开日志：谁都能验证的账", "The public log: books that anybody can verify"),
    "log_about": (
        "每张记账凭证都是公开日志中的一条，只增不改，任何人可用他人的程序验证。",
        "Every entry of the books is a leaf of a log that is only ever added to; anybody can verify it.",
    ),
    "log_size": ("已签名的条目数", "Leaves signed"),
    "log_root": ("根哈希", "Root hash"),
    "log_signed_at": ("签名时间", "Signed at"),
    "log_origin": ("日志名称", "Origin"),
    "log_keys": ("验证公钥", "Verifier keys"),
    "log_key_retired": ("已停用", "retired"),
    "log_none": ("日志尚未签发检查点。", "No checkpoint has been signed yet."),
}
