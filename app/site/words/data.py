"""Data: what the page of downloads says."""

WORDS: dict[str, tuple[str, str]] = {
    "data_title": ("数据下载与开放接口", "Data to download, and the open API"),
    "data_intro": (
        (
            "本站所有数字都可自由取用。每一个列表都可取 JSON，也可取 Excel 表格；"
            "个人信息从不在其中，捐赠人姓名只在本人同意时出现。"
        ),
        (
            "Every figure of this site is free to take. Each list comes as JSON or as an Excel workbook. "
            "No personal data is in any of it; a giver’s name only where they agreed."
        ),
    ),
    "data_sets": ("数据集", "Data sets"),
    "data_columns": ("各列：{columns}。", "Columns: {columns}."),
    "comma": ("、", ", "),
    "data_dictionary": ("数据字典", "The data dictionary"),
    "data_dictionary_why": (
        "每个数据集的每一列是什么，以及使用许可。",
        "What each column of each data set is, and under which licence it may be used.",
    ),
    "data_log": ("公开日志", "The public log"),
    "data_log_why": (
        "每张凭证一条，只增不改，可用他人的程序验证。",
        "A leaf an entry, only ever added to; programs of others verify it.",
    ),
    "data_regions": ("行政区划", "Regions"),
    "data_regions_why": ("陕西省各级行政区划及旧代码。", "The divisions of Shaanxi, former codes too."),
    "data_api": ("开放接口说明", "The open API, described"),
    "data_api_why": (
        "OpenAPI 描述，可直接生成各种语言的客户端。",
        "An OpenAPI document, from which clients in any language can be made.",
    ),
    "data_how": ("取 Excel 表格", "As an Excel workbook"),
    "data_how_why": (
        "请求同一地址，并注明接受表格类型：",
        "Ask the same address and say that you accept a workbook:",
    ),
}
