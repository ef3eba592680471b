/// Named places where a process may die, so that tests can make it die there.
@NullMarked
package dev.imprimatur.engine.fault;

import org.jspecify.annotations.NullMarked;
