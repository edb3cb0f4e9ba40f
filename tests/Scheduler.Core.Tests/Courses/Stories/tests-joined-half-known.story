# Or needs to know only one of two, and is known at once.
protocol: judged
story:
plan from 2027-01-04
all is booked
first and second take place
pain at second is 2
plan from 2027-01-13
> plan Mon 2027-01-04 09:00 first[1]
> plan Mon 2027-01-11 09:00 second[1]
> plan Tue 2027-01-12 08:00 more[1], if needed
> plan Tue 2027-01-12 09:00 farewell[1], if needed
> plan Tue 2027-01-12 09:30 advice[1], if needed
> plan Tue 2027-01-12 10:00 exercise[1], if needed
> booked: more[1], advice[1], farewell[1], exercise[1]
> completed: first[1], second[1]
> low: true
> some-relief: true
> plan Mon 2027-01-04 09:00 first[1], stays
> plan Mon 2027-01-11 09:00 second[1], stays
> plan Tue 2027-01-12 10:00 exercise[1], stays
> plan Wed 2027-01-13 08:00 more[1], if needed
> plan Wed 2027-01-13 09:00 farewell[1], if needed
> plan Wed 2027-01-13 09:30 advice[1], if needed
