/**
 * The contract that every front end of the exporter is tested by, for tests only: files that its suites leave, the page {@code
 * docs/operators.md}, the check by ONNX's own checker, and an exporter that is wrong on purpose.
 *
 * <p>Read {@link dev.jzoo.export.testing.ContractFiles} first.
 */
package dev.jzoo.export.testing;
