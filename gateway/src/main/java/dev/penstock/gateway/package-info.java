/**
 * The runnable application: main class, health, the last word on errors, the line that says it is ready.
 *
 * <p>No request logic lives here. The surprising thing: nothing is scanned, every bean of the application is named by
 * {@link dev.penstock.gateway.PenstockApplication} or comes from an auto-configuration.
 */
@NullMarked
package dev.penstock.gateway;

import org.jspecify.annotations.NullMarked;
