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
    "event_open": ("可报名", "Sign-up open"),
    # Signing up.
    "sign_up": ("活动报名", "Sign up"),
    "sign_up_come": ("我要参加", "I will come"),
    "sign_up_kept": (
        "姓名与联系方式加密保存，只有主办机构看得到，活动结束后到期删除。",
        (
            "Your name and contact are kept encrypted, seen by the organizer alone, and destroyed "
            "when their time after the event is over."
        ),
    ),
    "attendee_name": ("姓名", "Name"),
    "attendee_contact": ("联系方式", "How to reach you"),
    "attendee_contact_hint": ("电话、邮箱或地址。", "A telephone number, mail or address."),
    "sign_up_send": ("提交报名", "Sign up"),
    "sign_up_held": ("查询或取消报名", "Find or cancel your sign-up"),
    "sign_up_held_hint": (
        "报名后得到的 20 位报名码；大小写、短横线不限。",
        "The code of 20 characters that you got when you signed up; case and dashes do not matter.",
    ),
    "sign_up_look": ("查看报名", "Look"),
    "ticket": ("报名码", "Sign-up code"),
    "seat_title": ("您的报名", "Your sign-up"),
    "seat_sent": (
        "报名成功。请记下报名码：签到与取消都要用到，遗失后谁也无法找回。",
        (
            "You are signed up. Please note the code: you sign in and cancel with it, and once it is lost "
            "nobody can tell it again."
        ),
    ),
    "seat_signed_up": ("已报名", "Signed up"),
    "seat_signed_in": ("已签到", "Signed in"),
    "seat_cancelled": (
        "报名已取消，您的姓名与联系方式已删除。",
        "The sign-up is cancelled; your name and contact have been destroyed.",
    ),
    "seat_event": ("活动", "Event"),
    "seat_keep": (
        "凭报名码可随时回来查看或取消。",
        "The code leads you back here at any time, to look or to cancel.",
    ),
    "seat_back": ("取消报名", "Cancel"),
    "seat_back_why": (
        "名额让给他人，您的姓名与联系方式随即删除；此后仍可重新报名。",
        "Somebody else may have the seat; your name and contact are destroyed. You may sign up again.",
    ),
    "seat_back_send": ("取消我的报名", "Cancel my sign-up"),
    "all_events": ("全部活动", "All events"),
}
