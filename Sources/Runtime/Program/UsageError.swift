/// Something a person asked for that can't be: an option, a name, a state.
package struct UsageError: ExitCoded {
    package let description: String
    package let exit: BudstikkeExit

    package init(_ description: String, exit: BudstikkeExit = .usage) {
        self.description = description
        self.exit = exit
    }
}
