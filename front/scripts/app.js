// Every page: htmx under a strict content policy, theme, forms that cannot be sent twice.
import htmx from "htmx.org";
import { startDialogs } from "./lib/dialogs.js";
import { startForms } from "./lib/forms.js";
import { showCurrentTabs } from "./lib/tabs.js";
import { startTheme } from "./lib/theme.js";

// Settings that htmx would otherwise take from inline styles or eval (refused by our policy).
Object.assign(htmx.config, {
  includeIndicatorStyles: false,
  allowEval: false,
  allowScriptTags: false,
  selfRequestsOnly: true,
  historyCacheSize: 0, // pages about people never enter the browser's storage
  scrollBehavior: "auto",
  timeout: 15000,
  responseHandling: [
    { code: "204", swap: false },
    { code: "[23]..", swap: true },
    { code: "4..", swap: true },
    { code: "5..", swap: true, error: true },
  ],
});
window.htmx = htmx;

startTheme();
startForms();
startDialogs();
showCurrentTabs();
