/** End-to-end tests: the running application, raw sockets on both sides. */
@NullMarked
package dev.penstock.gateway;

import org.jspecify.annotations.NullMarked;
