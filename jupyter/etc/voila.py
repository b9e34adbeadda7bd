"""How Voila shows our pages: our template, code hidden, no traceback, and our words in the page.

Voila reads this file wherever segkit is installed, alone (`voila notebooks/NAME.ipynb`) and inside JupyterLab's server.
"""

from segkit.words import words

c = get_config()  # noqa: F821  (Jupyter puts it here)

c.VoilaConfiguration.template = "segkit"
c.VoilaConfiguration.theme = "light"
c.VoilaConfiguration.allow_template_override = "NOTEBOOK"  # an address cannot ask for a page that asks other hosts
c.VoilaConfiguration.allow_theme_override = "NO"
c.VoilaConfiguration.classic_tree = True  # the list of pages is a plain list
c.VoilaConfiguration.strip_sources = True
c.VoilaConfiguration.show_tracebacks = False


def with_words(page_config, **_):
    """The sentences of the page travel with its configuration, so that the template holds none."""
    said = {key.removeprefix("page."): text for key, text in words().items() if key.startswith("page.")}
    page_config["segkitWords"] = said
    return page_config


c.VoilaConfiguration.page_config_hook = with_words
