/**
 * The mark {@link dev.jzoo.zoo.annotation.Internal} of what is public but not for applications.
 */
@NullMarked
package dev.jzoo.zoo.annotation;

import org.jspecify.annotations.NullMarked;
