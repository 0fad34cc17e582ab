/**
 * The contract tests for every front end of the exporter, for tests only: files that the suites export, the page {@code
 * docs/operators.md}, the check by ONNX's own checker, and a deliberately wrong exporter.
 *
 * <p>Read {@link dev.jzoo.export.testing.ContractFiles} first.
 */
package dev.jzoo.export.testing;
