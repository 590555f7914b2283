/**
 * Where spans and meters go.
 *
 * <p>Spring Boot's own exporters do the work; what is here are defaults that any property or environment variable of the
 * operator overrides. The surprising one: without an endpoint Boot's meters would be sent to localhost:4318 all the same.
 */
@NullMarked
package dev.penstock.export;

import org.jspecify.annotations.NullMarked;
