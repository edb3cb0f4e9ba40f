using MediatR;
using Scheduler.App.Protocols;
using Scheduler.App.Storage;
using Scheduler.App.Storage.Tables;
using Scheduler.Core.Clinics;

namespace Scheduler.App.Access;

/// <summary>Says which roles an account has from now on at a clinic; with no role it has none there any more. The last administrator stays one.</summary>
/// <param name="Account">The account, which is made where it is not known.</param>
/// <param name="Resource">The person of the clinic whose account it is; null for somebody who takes part in no visit.</param>
/// <param name="Roles">The roles.</param>
[Allowed(Role.Administrator)]
public sealed record GrantRoles(string Account, string? Resource, IReadOnlyList<Role> Roles) : Ask<Granted>
{
    /// <summary>Loads, decides, saves.</summary>
    public sealed class Handler(Store store, Library library) : IRequestHandler<GrantRoles, Answer<Granted>>
    {
        /// <inheritdoc />
        public Task<Answer<Granted>> Handle(GrantRoles request, CancellationToken cancellationToken) => store.Write<Granted>(
            async book =>
            {
                if (request.Resource is { } resource && resource != await book.PersonOf(request.Account))
                {
                    if (await book.Clinic(library, request.Clinic) is not { } clinic)
                    {
                        return Refusals.NoClinic(request.Clinic);
                    }

                    if (clinic.Find(resource) is not { Kind: ResourceKind.Person })
                    {
                        return Refusals.NoSuchPerson(resource, clinic.Resources.Where(r => r.Kind == ResourceKind.Person).Select(r => r.Id));
                    }
                }

                var before = await book.RolesOf(request.Account, request.Clinic);
                await book.SaveRoles(request.Account, request.Clinic, request.Resource, request.Roles.Distinct());
                if (!await book.HasAdministrator(request.Clinic))
                {
                    return Refusals.LastAdministrator(request.Account);
                }

                book.Note(new(request.Clinic, request.As, "grant roles", request.Account, Names(before), Names(request.Roles), ""));
                return new Granted(request.Account, request.Roles);
            },
            cancellationToken);

        private static string Names(IEnumerable<Role> roles) => $$"""{"roles":[{{string.Join(",", roles.Distinct().Select(r => $"\"{r}\""))}}]}""";
    }
}

/// <summary>The roles of an account.</summary>
/// <param name="Account">The account.</param>
/// <param name="Roles">Its roles.</param>
public sealed record Granted(string Account, IReadOnlyList<Role> Roles);
