/**
 * Pages of labs. A {@link dev.jzoo.labs.FinishedLab} enters, self-contained HTML leaves. Read {@link dev.jzoo.labs.page.LabHtml}
 * first.
 */
package dev.jzoo.labs.page;
