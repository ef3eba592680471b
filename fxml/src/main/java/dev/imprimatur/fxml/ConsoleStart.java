package dev.imprimatur.fxml;

import dev.imprimatur.fxml.start.Databases;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;

/// What a window is opened with before any database is.
///
/// @param databases opens them
/// @param remembered the file in which the window keeps what it remembers
/// @param clock for ages; what is stored is timed by the database
/// @param zone in which times are shown
/// @param undo how long a decision waits in sight before it is recorded; zero records at once
public record ConsoleStart(
    Databases databases, Path remembered, InstantSource clock, ZoneId zone, Duration undo) {}
