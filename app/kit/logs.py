"""Logs: one JSON object per line, with the request's id and without anybody's personal data."""

import logging
import sys
from collections.abc import Mapping, MutableMapping
from types import TracebackType
from typing import Any, TextIO, cast

import orjson
import structlog
from structlog.typing import Processor

HIDDEN = frozenset(
    (
        *("address", "bank_account", "display_name", "donor", "email", "id_number", "message", "name"),
        *("payer_name", "phone", "tax_id", "title"),
        *("authorization", "cookie", "key", "password", "secret", "signature", "token"),
        *("body", "payload", "query", "url", "value", "values"),
    )
)
"""Members whose values never reach a log, whoever logs them."""

FRAMES_MAX = 12


def configure(*, level: str = "INFO", stream: TextIO | None = None) -> None:
    """Send everything this process logs, our own words and the libraries', through one JSON formatter.

    Start uvicorn with `log_config=None`, or it puts its own formatters back.
    """
    out = stream or sys.stdout
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        trace_without_words,
        hide,
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.JSONRenderer(serializer=_json)],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.WriteLoggerFactory(file=out),
        cache_logger_on_first_use=False,
    )
    foreign = logging.StreamHandler(out)
    foreign.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.JSONRenderer(serializer=_json),
            ],
        )
    )
    logging.basicConfig(handlers=[foreign], level=max(logging.INFO, _number(level)), force=True)
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = name != "uvicorn.access"
    # Its lines hold whole addresses, in which people search by name; requests.py writes one line per request.
    logging.getLogger("uvicorn.access").disabled = True


def hide(_logger: object, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Replace the value of every member that may hold personal data or a secret, at any depth."""
    for name, value in event.items():
        event[name] = _hidden(name, value)
    return event


def trace_without_words(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    """Write an exception as its kind and its places: its message may quote a row, a name or a secret."""
    error = event.pop("exc_info", None)
    if error is True:
        error = sys.exc_info()
    if isinstance(error, tuple):
        error = cast("tuple[Any, BaseException | None, Any]", error)[1]
    if isinstance(error, BaseException):
        event.setdefault("error", type(error).__name__)
        event["trace"] = _places(error.__traceback__)[-FRAMES_MAX:]
        if error.__cause__ is not None:
            event["cause"] = type(error.__cause__).__name__
    return event


def _hidden(name: str, value: object) -> object:
    if name.lower() in HIDDEN:
        return "[hidden]"
    if isinstance(value, Mapping):
        members = cast("Mapping[str, object]", value)
        return {str(inner): _hidden(str(inner), part) for inner, part in members.items()}
    return value


def _places(trace: TracebackType | None) -> list[str]:
    places: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        places.append(f"{code.co_filename}:{trace.tb_lineno} {code.co_name}")
        trace = trace.tb_next
    return places


def _json(event: object, **_: object) -> str:
    return orjson.dumps(event, default=_said, option=orjson.OPT_NON_STR_KEYS).decode()


def _said(value: object) -> str:
    return str(value) if isinstance(value, int | BaseException) else type(value).__name__


def _number(level: str) -> int:
    return logging.getLevelNamesMapping()[level]
