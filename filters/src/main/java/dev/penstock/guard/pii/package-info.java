/**
 * Personal data with a structure: e-mail and IP addresses, telephone, card and social security numbers, IBANs. Names and postal
 * addresses have none, and are not claimed: docs/guards.md has the figures.
 */
@NullMarked
package dev.penstock.guard.pii;

import org.jspecify.annotations.NullMarked;
