/** What callers of Anthropic's Messages API are told; the API itself is not spoken in this version. */
@NullMarked
package dev.penstock.surface.messages;

import org.jspecify.annotations.NullMarked;
