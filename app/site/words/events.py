"""Events: what the page of all events and those of each say."""

WORDS: dict[str, tuple[str, str]] = {
    "events_title": ("公开活动", "Events"),
    "events_intro": (
        "会议、培训、讲座、书画展与演出：何时何地、谁来讲、资料在哪里。",
        "Conferences, training, lectures, shows: when and where, who speaks, and the materials.",
    ),
    "event_kind": ("类型", "Kind"),
    "no_events": ("没有符合条件的活动。", "No event matches."),
    "event_cancelled": ("已取消", "Called off"),
    "event_called_off": ("本次活动已取消。", "This event has been called off."),
    "event_when": ("时间", "When"),
    "event_where": ("地点", "Where"),
    "event_seats": ("名额", "Seats"),
    "event_seats_left": ("共 {seats}，尚余 {left}", "{left} of {seats} left"),
    "event_code": ("活动代码", "Code"),
    "event_programme": ("日程", "Programme"),
    "event_session": ("环节", "Session"),
    "event_speakers": ("主讲", "Who speaks"),
    "event_named": ("主讲人姓名经本人同意后公布。", "Who speaks is named only where they agree."),
    "event_materials": ("资料", "Materials"),
    "event_file": ("资料 {number}", "File {number}"),
    "all_events": ("全部活动", "All events"),
}
