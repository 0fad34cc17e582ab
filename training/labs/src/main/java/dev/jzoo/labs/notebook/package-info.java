/**
 * Jupyter notebooks of the labs. A lab enters, a file {@code .ipynb} leaves: {@link dev.jzoo.labs.notebook.LabNotebook} writes it.
 * {@link dev.jzoo.labs.notebook.NotebookPage} is the page of the lab while the notebook runs.
 */
package dev.jzoo.labs.notebook;
