// Everything works without this file; it only makes forms kinder. Nothing is ever stored in the browser.
import {
  Button,
  CharacterCount,
  Checkboxes,
  createAll,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
  Tabs,
} from "govuk-frontend";

import { startAutosave } from "./autosave.js";
import { startIdleWarning } from "./idle.js";
import { keepUpToDate } from "./keep_up_to_date.js";
import { startLiveRegions } from "./live.js";
import { startPasskeys } from "./passkey.js";
import { openDetailsOnPaper, startPrintButtons } from "./print.js";
import { refuseSecondSubmit } from "./submit_once.js";

for (const component of [
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  ExitThisPage,
  NotificationBanner,
  PasswordInput,
  ServiceNavigation,
  SkipLink,
  Tabs,
]) {
  createAll(component);
}

document.querySelectorAll("form[data-autosave-url]").forEach(startAutosave);
document.querySelectorAll("form[data-passkey]").forEach(startPasskeys);
document.querySelectorAll("form[method=post]").forEach(refuseSecondSubmit);
document.querySelectorAll("dialog[data-idle]").forEach(startIdleWarning);
startLiveRegions();
startPrintButtons();
openDetailsOnPaper();
keepUpToDate();
