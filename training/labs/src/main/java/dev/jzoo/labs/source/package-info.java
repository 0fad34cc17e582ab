/**
 * The source of a lab as paragraphs and cells of code. A lab's {@code .java} file enters, which travels in the jar; a list of
 * {@link dev.jzoo.labs.source.LabCell} leaves. Page and notebook are made from it.
 */
package dev.jzoo.labs.source;
