/**
 * Compiles routes.yml: read, bind, check, define; one immutable configuration and the routes that carry it.
 *
 * <p>The file is the platform team's only one, so it fails closed: every mistake is told, all of them at once, with file,
 * line, column, key path, what was found and what was expected. The one surprising thing: Spring ignores what it does not
 * know (argument names, keys), so names are compared here before Spring sees a route.
 */
@NullMarked
package dev.penstock.routes;

import org.jspecify.annotations.NullMarked;
