# A rating may lie a week before the first infusion at most; when that is held after a week, it is taken again.
protocol: infusions
story:
plan from 2027-01-04
all is booked
rating takes place
infusion[1 to 4] is called off by the patient
plan from 2027-01-11
all is booked
infusion[1] is held for fasting
plan from 2027-01-12
> plan Mon 2027-01-04 09:00 rating[1]
> plan Mon 2027-01-04 09:30 infusion[1]
> plan Wed 2027-01-06 08:00 infusion[2]
> plan Fri 2027-01-08 08:00 infusion[3]
> plan Mon 2027-01-11 08:00 infusion[4]
> plan Mon 2027-01-18 08:00 check[1]
> booked: check[1]
> completed: rating[1]
> cancelled: infusion[1], infusion[2], infusion[3], infusion[4]
> plan Mon 2027-01-04 09:00 rating[1], stays
> plan Mon 2027-01-11 08:00 infusion[1]
> plan Wed 2027-01-13 08:00 infusion[2]
> plan Fri 2027-01-15 08:00 infusion[3]
> plan Mon 2027-01-18 08:00 infusion[4]
> plan Mon 2027-01-25 08:00 check[1]
> booked: infusion[2], infusion[3], infusion[4], check[1]
> held: infusion[1]
> plan Tue 2027-01-12 13:00 rating[1]
> plan Tue 2027-01-12 13:30 infusion[1]
> plan Thu 2027-01-14 08:00 infusion[2]
> plan Mon 2027-01-18 08:00 infusion[3]
> plan Wed 2027-01-20 08:00 infusion[4]
> plan Tue 2027-01-26 08:00 check[1]
