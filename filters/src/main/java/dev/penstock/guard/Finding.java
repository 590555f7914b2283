package dev.penstock.guard;

import dev.penstock.guard.GuardrailConfig.Action;
import dev.penstock.guard.detect.Match;

/** What a control found, and what is done about it. */
record Finding(Control control, Match match, Action action) {}
