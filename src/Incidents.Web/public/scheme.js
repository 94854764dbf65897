// Runs before the first paint so that the page never flashes in the wrong colours.
// A file of its own because the content security policy forbids inline scripts.
(function () {
  var stored = null;
  try {
    stored = window.localStorage.getItem('incidents-color-scheme');
  } catch (error) {
    stored = null; // storage may be blocked; the system's setting is used then
  }
  var dark = stored === 'dark' || (stored !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
})();
