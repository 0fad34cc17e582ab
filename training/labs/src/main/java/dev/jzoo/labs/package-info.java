/**
 * The course: experiments that check what they claim. Read {@link dev.jzoo.labs.Lab} first, then {@link
 * dev.jzoo.labs.descent.GradientDescentLab} as an example.
 */
package dev.jzoo.labs;
