/**
 * Checks of gradients with finite differences: a layer or a function enters, and the largest difference leaves. Read {@link
 * dev.jzoo.scratch.checking.GradientCheck} first.
 */
package dev.jzoo.scratch.checking;
