"""The interface's schema -> a page of HTML that loads nothing; FastAPI's own fetch scripts from another host."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from serving.forms import ProblemRecord

_STYLE = """
body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b2b34;background:#fff}
h2{margin-top:2.5rem;font-size:1.15rem}code,pre{font:14px/1.45 ui-monospace,monospace;background:#f3f5f6}
pre{padding:.75rem;overflow:auto}table{border-collapse:collapse;width:100%}td,th{text-align:left;vertical-align:top;
padding:.25rem .75rem .25rem 0;border-bottom:1px solid #d9dfe2}b{background:#12645c;color:#fff;padding:.1rem .5rem;
border-radius:4px}@media(prefers-color-scheme:dark){body{color:#e6eaec;background:#14191c}code,pre{background:#222a2e}}
"""
#: Nothing but the page's own style; no script, no image, no frame.
PAGE_HEADERS = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"}


def complete_schema(app: FastAPI) -> None:
    """Let an application's schema hold the form of a problem, which its routes name."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
            schemas = schema.setdefault("components", {}).setdefault("schemas", {})
            schemas["ProblemRecord"] = ProblemRecord.model_json_schema()
            # what FastAPI says of wrong requests is not what is sent here
            for name in ("HTTPValidationError", "ValidationError"):
                schemas.pop(name, None)
            app.openapi_schema = schema
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def schema_page(schema: dict[str, Any], *, prefix: str) -> str:
    """Return a schema as a page; ``prefix`` stands before every path."""
    parts = [
        f"<!doctype html><html lang=en><meta charset=utf-8><title>{escape(schema['info']['title'])}</title>",
        f"<meta name=viewport content='width=device-width'><style>{_STYLE}</style>",
        f"<h1>{escape(schema['info']['title'])}</h1><p>{escape(schema['info'].get('description', ''))}</p>",
        f"<p>As a schema: <code>GET {escape(prefix)}/openapi.json</code></p>",
    ]
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            parts.append(f"<h2><b>{escape(method.upper())}</b> <code>{escape(prefix + path)}</code></h2>")
            parts.append(_operation(operation))
    parts.append("<h1>Forms</h1>")
    for name, form in schema.get("components", {}).get("schemas", {}).items():
        parts.append(f"<h2 id='{escape(name)}'>{escape(name)}</h2><p>{escape(form.get('description', ''))}</p>")
        required = set(form.get("required", ()))
        parts.append(_table([_field(key, value, key in required) for key, value in form.get("properties", {}).items()]))
    return "".join(parts)


def _operation(operation: dict[str, Any]) -> str:
    rows = [_row(p["name"], _kind(p["schema"]), p.get("description", "")) for p in operation.get("parameters", ())]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        rows.append(_row("body", _kind(body), "JSON"))
    for status, told in operation["responses"].items():
        kinds = [_kind(entry["schema"]) for entry in told.get("content", {}).values() if entry.get("schema")]
        rows.append(_row(status, ", ".join(dict.fromkeys(kinds)), told.get("description", "")))
    return f"<p>{escape(operation.get('description', ''))}</p>" + _table(rows)


def _field(name: str, schema: dict[str, Any], required: bool) -> str:
    default = "" if required else f" Default: {json.dumps(schema['default'])}." if "default" in schema else ""
    return _row(name, _kind(schema), schema.get("description", "") + default)


def _row(name: str, kind: str, told: str) -> str:
    return f"<tr><td><code>{escape(name)}</code><td>{kind}<td>{escape(told)}"


def _table(rows: list[str]) -> str:
    return f"<table>{''.join(rows)}</table>" if rows else ""


def _kind(schema: dict[str, Any]) -> str:
    """Return a schema's type in a word, with a link where it is a form."""
    if reference := schema.get("$ref"):
        name = escape(str(reference).rsplit("/", 1)[-1])
        return f"<a href='#{name}'>{name}</a>"
    if options := schema.get("anyOf"):
        return " or ".join(_kind(option) for option in options)
    if "enum" in schema:
        return " | ".join(f"<code>{escape(json.dumps(value))}</code>" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_kind(schema.get('items', {}))}"
    return escape(str(schema.get("type", "anything")))
