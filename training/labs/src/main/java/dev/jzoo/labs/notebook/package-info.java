/**
 * Jupyter notebooks of the labs. A lab's source enters, a file {@code .ipynb} leaves: read {@link
 * dev.jzoo.labs.notebook.JupyterNotebook} first.
 */
package dev.jzoo.labs.notebook;
