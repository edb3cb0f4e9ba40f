using System.Text.Json;
using MediatR;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;

namespace Scheduler.App.Access;

/// <summary>Says which roles an account has from now on at a clinic; with no role it has none there any more. The last administrator stays one.</summary>
/// <param name="Account">The account, which is made where it is not known.</param>
/// <param name="Person">The person whose account it is at this clinic; null for somebody who takes part in no visit.</param>
/// <param name="Roles">The roles.</param>
[Allowed(Role.Administrator)]
public sealed record GrantRoles(string Account, string? Person, IReadOnlyList<Role> Roles) : Ask<Granted>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library) : IRequestHandler<GrantRoles, Answer<Granted>>
    {
        /// <inheritdoc />
        public Task<Answer<Granted>> Handle(GrantRoles request, CancellationToken cancellationToken) => store.Write<Granted>(
            async book =>
            {
                var was = await book.PersonOf(request.Account, request.Clinic);
                if (request.Person is { } person && person != was)
                {
                    if (await book.Clinic(library, request.Clinic) is not { } clinic)
                    {
                        return Refusals.NoClinic(request.Clinic);
                    }

                    if (clinic.Find(person) is not { Kind: ResourceKind.Person })
                    {
                        return Refusals.NoSuchPerson(person, clinic.Resources.Where(r => r.Kind == ResourceKind.Person).Select(r => r.Id));
                    }
                }

                var before = await book.RolesOf(request.Account, request.Clinic);
                await book.SaveRoles(request.Account, request.Clinic, request.Person, request.Roles.Distinct());
                if (!await book.HasAdministrator(request.Clinic))
                {
                    return Refusals.LastAdministrator(request.Account);
                }

                book.Note(new(request.Clinic, request.As, "grant roles", request.Account, Text(before, was), Text(request.Roles, request.Person), ""));
                return new Granted(request.Account, request.Roles);
            },
            cancellationToken);

        private static string Text(IEnumerable<Role> roles, string? person) => JsonSerializer.Serialize(new { roles = roles.Distinct().Select(r => r.ToString()), person });
    }
}

/// <summary>The roles of an account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Roles">Its roles.</param>
public sealed record Granted(string Account, IReadOnlyList<Role> Roles);
