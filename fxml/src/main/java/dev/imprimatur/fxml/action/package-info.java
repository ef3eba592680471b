/// What a reviewer can do with an escalation, the same in the inbox and on the desk.
@NullMarked
package dev.imprimatur.fxml.action;

import org.jspecify.annotations.NullMarked;
