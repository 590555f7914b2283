/**
 * From the tree to configuration records: names in kebab case, Spring Boot's {@code @DefaultValue} where a key is absent.
 *
 * <p>Spring's own binder is not used since it ignores unknown keys and stops at the first mistake. The one surprising thing:
 * a value that cannot be read takes its default so that the rest can still be looked at; the file is refused all the same.
 */
@NullMarked
package dev.penstock.routes.bind;

import org.jspecify.annotations.NullMarked;
