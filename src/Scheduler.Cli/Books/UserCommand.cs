using System.CommandLine;
using Scheduler.App;
using Scheduler.App.Access;
using Scheduler.Cli.Commands;
using Scheduler.Core;

namespace Scheduler.Cli.Books;

/// <summary><c>scheduler user add|roles|list</c></summary>
internal static class UserCommand
{
    private static readonly string[] Headings = ["account", "person", "roles"];

    public static Command Make(Surroundings around) => new("user", "Says who may do what: accounts and their roles.") { Add(around), Change(around), List(around) };

    private static Command Add(Surroundings around)
    {
        var (name, role, person, everywhere) = (Name(), RoleOption(), Person(), Everywhere());
        role.Required = true;
        return BookOptions.Command(
            "add",
            "Makes an account with roles at the clinic, or at all of them.",
            around,
            [name, role, person, everywhere],
            async (parsed, book) => await Find(book, parsed.GetValue(name)!) is { IsDone: true, Value: var known }
                ? BookAnswer.Refuse(around, Refusals.AccountIsKnown(known.Account))
                : await Grant(Of(book, parsed.GetValue(everywhere)), parsed.GetValue(name)!, parsed.GetValue(person), Roles(parsed, role)),
            ofAll: true);
    }

    private static Command Change(Surroundings around)
    {
        var (name, role, person, everywhere) = (Name(), RoleOption(), Person(), Everywhere());
        var none = new Option<bool>("--none") { Description = "Takes all roles away." };
        return BookOptions.Command(
            "roles",
            "Says which roles an account has from now on at the clinic, in place of those that it had there.",
            around,
            [name, role, none, person, everywhere],
            async (parsed, book) =>
            {
                var roles = Roles(parsed, role);
                if (roles.Count == 0 != parsed.GetValue(none))
                {
                    throw new WrongUsage(["Say the roles by --role, or --none for no role any more."]);
                }

                // Whose account it is stays, unless it is said.
                var known = await Find(book, parsed.GetValue(name)!);
                return known.IsDone ? await Grant(Of(book, parsed.GetValue(everywhere)), known.Value.Account, parsed.GetValue(person) ?? (parsed.GetValue(everywhere) ? null : known.Value.Person), roles) : BookAnswer.Refuse(around, known.Refusal);
            },
            ofAll: true);
    }

    private static Command List(Surroundings around) => BookOptions.Command(
        "list",
        "Lists who has which roles.",
        around,
        [],
        (_, book) => book.Answer(
            new ListAccounts { As = book.As, Clinic = book.Clinic },
            listed => new
            {
                accounts = listed.Accounts.Select(a => new { account = a.Account, person = a.Person, roles = a.Roles.Select(r => r.ToString()), everywhere = a.Everywhere.Select(r => r.ToString()) }),
            },
            listed => BookTable.Print(
                around,
                Headings,
                listed.Accounts.Select(a => (string[])[a.Account, a.Person ?? "", string.Join(", ", a.Roles.Select(r => r.ToString()).Concat(a.Everywhere.Select(r => $"{r} of all clinics")))]))),
        ofAll: true);

    private static async Task<Answer<ListedAccount>> Find(OpenBook book, string name)
    {
        var listed = await book.App.Send(new ListAccounts { As = book.As, Clinic = book.Clinic });
        return listed.Value is not { } all ? listed.Refusal!
            : all.Accounts.FirstOrDefault(a => a.Account == name) is { } known ? known
            : Refusals.NoAccount(name, all.Accounts.Select(a => a.Account));
    }

    private static Task<int> Grant(OpenBook book, string name, string? person, IReadOnlyList<Role> roles) => person is not null && book.Clinic.Length == 0
        ? throw new WrongUsage(["--person is said at a clinic, and so not together with --everywhere."])
        : book.Answer(
        new GrantRoles(name, person, roles) { As = book.As, Clinic = book.Clinic },
        granted => new { account = granted.Account, person, roles = granted.Roles.Select(r => r.ToString()) },
        granted => book.Around.Say(
            $"{granted.Account} {(granted.Roles.Count == 0 ? "has no roles of its own" : $"is {Spoken.Join(granted.Roles.Select(r => r.ToString()))}")} at {(book.Clinic.Length == 0 ? "all clinics" : book.Clinic)} from now on."));

    private static Option<bool> Everywhere() => new("--everywhere") { Description = "Means the roles that hold at all clinics." };

    /// <summary>The book, asked of all clinics at once where that is meant.</summary>
    private static OpenBook Of(OpenBook book, bool everywhere) => everywhere ? book with { At = book.At with { Id = "" } } : book;

    private static Argument<string> Name() => new("NAME") { Description = "The name of the account." };

    private static Option<string?> Person() => new("--person") { Description = "The id of the person whose account it is at this clinic.", HelpName = "ID" };

    private static Option<string[]> RoleOption()
    {
        var option = new Option<string[]>("--role") { Description = $"A role; may be repeated. {string.Join(", ", Enum.GetNames<Role>())}.", HelpName = "ROLE" };
        option.Validators.Add(result => Values.RefuseOther(result, "--role", Enum.GetNames<Role>()));
        option.CompletionSources.Add(Enum.GetNames<Role>());
        return option;
    }

    private static List<Role> Roles(ParseResult parsed, Option<string[]> option) => [.. (parsed.GetValue(option) ?? []).Select(r => Enum.Parse<Role>(r, ignoreCase: true)).Distinct()];
}
