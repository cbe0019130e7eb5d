"""Tillgänglighet: the statement that the law on digital public service asks for."""

from naravard import accessibility, ui

ui.title(
    "Tillgänglighet", "Hur väl tjänsten uppfyller lagen om tillgänglighet till digital offentlig service (DOS-lagen)."
)
ui.help_page.accessibility(accessibility.statement(), accessibility.tested())
