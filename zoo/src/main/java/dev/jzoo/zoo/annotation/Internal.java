package dev.jzoo.zoo.annotation;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A mark for a public type, or a package of them, that is not for applications: it is public only because other parts of JZoo use it,
 * and may change in any version. All other public types of the zoo, inference, ONNX, export and fine-tuning are listed in
 * {@code docs/api}.
 */
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.TYPE, ElementType.PACKAGE})
public @interface Internal {}
