// JupyterLab loads this as one of its extensions. It brings a sheet and nothing else: the one Voila's pages have.
{
  const href = new URL("../../../../voila/templates/segkit/static/prose.css", document.currentScript.src);
  const bring = () => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href }));
    return {}; // what a module exports: nothing
  };
  window._JUPYTERLAB ??= {};
  window._JUPYTERLAB["segkit-look"] = { init() {}, get: async () => bring };
}
