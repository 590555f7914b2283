/**
 * Text templates: Thymeleaf's TEXT mode with everything taken away that could run code.
 *
 * <p>A template is scanned before Thymeleaf sees it and may hold two constructs only, {@code [(${…})]} and
 * {@code [# th:if|th:unless|th:each]}. The one surprising thing: expressions are compiled here, at load, and Thymeleaf is
 * given an evaluator that looks them up. One that no template file holds, such as one that came with a caller's text, is not
 * in the table and cannot be evaluated.
 */
@NullMarked
package dev.penstock.prompt.template;

import org.jspecify.annotations.NullMarked;
