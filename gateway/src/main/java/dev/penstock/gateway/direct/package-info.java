/**
 * The short way of a model's call to its steps. Spring's own way there asks each of its mappings in turn and puts some forty operators around a
 * request, which cost more than most steps do; whatever is not plainly a call of a model goes that way as before.
 */
@NullMarked
package dev.penstock.gateway.direct;

import org.jspecify.annotations.NullMarked;
